/** An answer that needs more than the default status 200, or headers. Services return it around their answer. */
export class Reply<Answer> {
  readonly answer: Answer;
  readonly status: number;
  readonly headers: Headers;
  /** Answer 304 without a body when the caller already has this version. */
  readonly etag: string | undefined;

  constructor(answer: Answer, options: { status?: number; headers?: HeadersInit; etag?: string } = {}) {
    this.answer = answer;
    this.status = options.status ?? 200;
    this.headers = new Headers(options.headers);
    this.etag = options.etag;
  }
}
