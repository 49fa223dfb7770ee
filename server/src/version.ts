/** The release of the product. */
export const version = '0.1.0';
