import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { openLog } from './log-file.ts'

it('keeps a log of one JSON object a line, whether the program writes JSON or words', async () => {
  const folder = temporaryFolder('cluster-test-log')
  const log = openLog({ folder, name: 'worker', isEchoed: false })
  const own = JSON.stringify({ level: 50, time: '2026-11-23T01:02:03.000Z', name: 'worker', what: 'search-engine', reason: 'no answer' })
  log.follow(Readable.from([`${own}\n`, 'LOG:  database system is "ready"\n']))
  const read = () => readFileSync(join(folder, 'worker.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
  await vi.waitFor(() => expect(read()).toHaveLength(2))
  expect(read()).toMatchObject([{ what: 'search-engine', time: '2026-11-23T01:02:03.000Z' }, { name: 'worker', msg: 'LOG:  database system is "ready"' }])
  expect(log.tail(1)).toBe('LOG:  database system is "ready"')
})
