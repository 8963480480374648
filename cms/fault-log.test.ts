import { expect, it } from 'vitest'
import { faultLog } from './fault-log.ts'

it('notes what was done, why it failed and what lay behind it, and nothing that hangs on the error', () => {
  const lines: string[] = []
  const { onFault } = faultLog('worker', { write: (line) => void lines.push(line) })
  const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED', client: { password: 'secret-word' } })
  onFault('database-connection', new Error('no answer', { cause }), { path: '/v1/directory' })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({
    name: 'worker', what: 'database-connection', reason: 'no answer', path: '/v1/directory', cause: { reason: 'connection refused', code: 'ECONNREFUSED' } })
  expect(lines[0]).not.toContain('secret-word')
})
