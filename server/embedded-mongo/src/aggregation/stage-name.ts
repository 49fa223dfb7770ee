import { isDocument } from '../bson/types';
import { located } from './scope';

/** The name of a stage. @throws Location40323 unless it is a document with one field */
export function stageName(stage: unknown): string {
  const [name, ...more] = isDocument(stage) ? Object.keys(stage) : [];
  if (name === undefined || more.length)
    throw located(40323, 'A pipeline stage specification object must contain exactly one field.');
  return name;
}
