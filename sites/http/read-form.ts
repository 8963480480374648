import type { IncomingMessage } from 'node:http'

/** A letter has at most 2,000 characters, nine bytes each when sent as a form. */
export const FORM_LIMIT_BYTES = 32 * 1024

export type FormReading =
  { state: 'read'; form: URLSearchParams } | { state: 'refused'; status: 403 | 413 | 415; message: string }

/**
 * Reads a form that a page of this host has sent. Refuses other media types, bodies that are too large, and forms that
 * another site's page sends in the reader's name (Origin).
 */
export async function readForm(request: IncomingMessage): Promise<FormReading> {
  const { origin, host } = request.headers
  if (origin !== undefined && hostOf(origin) !== host?.toLowerCase()) {
    return refused(403, '表单只能从本网站的页面提交。请打开本网站的留言页面重新填写。')
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded')
    return refused(415, '表单的格式不对。请在本网站的留言页面填写并提交。')
  const tooLarge = refused(413, '提交的内容太长。留言内容不超过 2000 字，请删减后再提交。')
  if (Number(request.headers['content-length'] ?? 0) > FORM_LIMIT_BYTES) return tooLarge
  const chunks: Buffer[] = []
  let bytes = 0
  // Giving up on a body must not close the connection before the refusal is sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > FORM_LIMIT_BYTES) return tooLarge
    chunks.push(chunk)
  }
  return { state: 'read', form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')) }
}

function refused(status: 403 | 413 | 415, message: string): FormReading {
  return { state: 'refused', status, message }
}

/** `null` is what browsers send from a sandboxed page: no host has that name. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
