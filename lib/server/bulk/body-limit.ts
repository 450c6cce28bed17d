/** Bytes of a request with rows: 10,000 rows of 1,600 bytes. */
export const BULK_BODY_LIMIT = 16 * 1024 * 1024;
