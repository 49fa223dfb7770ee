export { articles } from './articles';
export { serviceWords } from './serviceWords';
