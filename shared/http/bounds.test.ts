import { expect, it } from 'vitest'
import { protocolRefusal } from './bounds.ts'

it('a refusal is a whole answer, as long as it says', () => {
  for (const code of ['HPE_HEADER_OVERFLOW', 'ERR_HTTP_REQUEST_TIMEOUT', 'HPE_INVALID_METHOD', undefined]) {
    const [head, sentence] = protocolRefusal(code).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(Number(/Content-Length: (\d+)/.exec(head!)?.[1])).toBe(Buffer.byteLength(sentence!))
  }
})
