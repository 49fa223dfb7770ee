/**
 * ARIA attributes WeChat understands but Taro's templates leave out. Template and runtime must agree on the
 * set, because both number the attributes in order. Values are the template's defaults.
 */
const spoken = { 'aria-role': '', 'aria-label': '' };

module.exports = {
  View: spoken,
  Image: spoken,
  Input: { 'aria-label': '' },
  Textarea: { 'aria-label': '' },
};
