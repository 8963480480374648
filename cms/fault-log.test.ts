import { spawnSync } from 'node:child_process'
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

it('keeps what people wrote out of the log: of a failed statement its text, never its values', () => {
  const lines: string[] = []
  const { log, onFault } = faultLog('cms', { write: (line) => void lines.push(line) })
  const failed = () => new Error('Failed query: insert into letters values ($1, $2)\nparams: 欧阳建国,13951234567\nand a second line', { cause: new Error('disk full') })
  onFault('request', failed())
  log.error(failed())
  log.error({ err: failed() })
  log.error({ err: failed(), requestId: 'request-7' }, `trouble: ${failed().message}`)
  expect(lines).toHaveLength(4)
  for (const line of lines) {
    expect(line).not.toMatch(/欧阳|1395|second line/)
    expect(JSON.parse(line)).toMatchObject({ reason: 'Failed query: insert into letters values ($1, $2)', cause: { reason: 'disk full' } })
  }
  expect(JSON.parse(lines[3]!)).toMatchObject({ requestId: 'request-7', msg: 'trouble: Failed query: insert into letters values ($1, $2)' })
})

it('writes a fault that keeps coming once in ten seconds, with how often it came; another one at once', () => {
  const lines: string[] = []
  let clock = 0
  const { onFault } = faultLog('delivery', { write: (line) => void lines.push(line) }, () => clock)
  const refused = () => new Error('no answer', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }) })
  for (clock = 0; clock < 9_000; clock += 1_000) onFault('request', refused(), { path: `/v1/sites/${clock}` })
  onFault('request', new Error('something else'))
  clock = 11_000
  onFault('request', refused())
  expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>).map(({ reason, repeated }) => ({ reason, repeated }))).toEqual([
    { reason: 'no answer', repeated: undefined }, { reason: 'something else', repeated: undefined }, { reason: 'no answer', repeated: 8 }])
})

it('what nobody has caught ends the process with one line that says why', () => {
  const program = `import { endOnUncaught, faultLog } from ${JSON.stringify(new URL('./fault-log.ts', import.meta.url).href)}
    endOnUncaught(faultLog('worker').onFault)
    void Promise.reject(new Error('the database is gone'))
    setInterval(() => {}, 1_000)`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', timeout: 20_000 })
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({ name: 'worker', what: 'uncaught', reason: 'the database is gone' })
})
