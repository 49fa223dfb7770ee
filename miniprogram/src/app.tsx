import type { PropsWithChildren } from 'react';
import './app.scss';

/** Entry of both targets. Stores and sessions start in the pages that need them; nothing global happens here. */
export default function App({ children }: PropsWithChildren) {
  return children;
}
