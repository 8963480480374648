import { describe, expect, it } from 'vitest'
import { parseWrk } from './run-wrk.ts'

const report = (more = '') => `Running 5s test @ http://127.0.0.1:8080/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.07ms  396.21us  13.26ms   93.11%
  149032 requests in 5.00s, 4.11GB read
${more}Requests/sec:  29801.62
Transfer/sec:    842.01MB
`

describe('a report of wrk', () => {
  it('gives its requests a second', () => {
    expect(parseWrk(report())).toBe(29_801.62)
  })

  it('counts for nothing when answers were refusals or connections broke', () => {
    expect(() => parseWrk(report('  Non-2xx or 3xx responses: 12\n'))).toThrow('Non-2xx or 3xx responses: 12')
    expect(() => parseWrk(report('  Socket errors: connect 0, read 3, write 0, timeout 0\n'))).toThrow(
      'Socket errors',
    )
  })

  it('counts for nothing when there was no answer at all', () => {
    expect(() => parseWrk('unable to connect to 127.0.0.1:8080 Connection refused\n')).toThrow('gave no rate')
    expect(() => parseWrk(report().replace('29801.62', '0.00'))).toThrow('gave no rate')
  })
})
