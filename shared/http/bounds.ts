/** What a server lets a client take of it. Times in milliseconds, sizes in bytes. */
export type Bounds = {
  /** Until all headers have come: a browser sends them in one packet. */
  headersMs: number
  /** Until the whole request has come. */
  requestMs: number
  /** Without a byte in either direction, while a request is under way: slower readers hold sockets, nothing else. */
  stalledMs: number
  /** Longer than the minute for which proxies in front keep their connections: they must be the ones to close. */
  keepAliveMs: number
  headerBytes: number
  connections: number
}

/** The bounds as Node's own server takes them when it is made. */
export const serverOptions = (bounds: Bounds) => ({
  headersTimeout: bounds.headersMs,
  requestTimeout: bounds.requestMs,
  keepAliveTimeout: bounds.keepAliveMs,
  maxHeaderSize: bounds.headerBytes,
  // How often the two are looked at: half a minute by default, which would make ten seconds forty.
  connectionsCheckingInterval: Math.max(100, Math.min(2_000, bounds.headersMs / 2)),
})

const SENTENCES: Record<string, readonly [status: string, sentence: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', '请求的地址或说明太长，请从首页重新打开。'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', '请求没有在规定时间内传完，请检查网络后再试。'],
}
const MALFORMED = ['400 Bad Request', '请求的格式不对，请从首页重新打开。'] as const

/**
 * The whole answer to what is no request that could be answered otherwise, in the reader's language.
 * @param code Node's word for what is wrong with it
 */
export function protocolRefusal(code: string | undefined): string {
  const [status, sentence] = SENTENCES[code ?? ''] ?? MALFORMED
  // UTF-8: each of these characters takes three bytes.
  const length = sentence.length * 3
  return `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${length}\r\n`
    + `Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${sentence}`
}
