/**
 * A file that may not be kept. The message is the sentence that the clerk reads: what was found, why that is not taken, what to do.
 * `status`: 413 too large, 415 of an unsuitable kind or content, 503 when it could not be checked.
 */
export class UnsuitableFile extends Error {
  override name = 'UnsuitableFile'
  readonly code: string
  readonly status: 413 | 415 | 503

  constructor(code: string, message: string, { status = 415, cause }: { status?: 413 | 415 | 503; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.status = status
  }
}
