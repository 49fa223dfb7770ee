import type { BodyIn, Me, ParamsIn, QueryIn, Reply, Route } from '@alley-chief/shared/contract';
import type { ServerFrame } from '@alley-chief/shared/realtime';

type Given<K extends string, V> = [V] extends [undefined] ? unknown : { [k in K]: V };
type Opts<R extends Route> = Given<'params', ParamsIn<R>> &
  Given<'body', BodyIn<R>> & { query?: QueryIn<R> };
export declare function api<R extends Route>(route: R, options: Opts<R>): Promise<Reply<R>>;
export declare function newClientId(): string;
export declare function problemOf(error: unknown): { code: string; message: string };
export declare function useFrames(onFrame: (frame: ServerFrame) => void, onBack?: () => void): void;
export declare function useMe(home?: string): Me | undefined;
