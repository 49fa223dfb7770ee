export { readKnowledge, type ShippedKnowledge } from './files';
export { serviceWords } from './serviceWords';
