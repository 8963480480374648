import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Refusal } from '../refusal.ts'
import { answersOk } from './node-services.ts'
import { freePort } from './ports.ts'
import { supervise, type ServiceOrder } from './supervise.ts'

const folder = mkdtempSync(join(tmpdir(), 'cluster-supervise-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function order(program: string, port: number): ServiceOrder {
  return {
    name: 'trial', label: '试验', program: process.execPath, args: ['-e', program, String(port)],
    env: { NODE_ENV: 'test' }, cwd: folder, readyWithinMs: 20_000, stopSignal: 'SIGTERM',
    isReady: () => answersOk({ host: '127.0.0.1', port }),
  }
}
const SERVER = "require('http').createServer((_, answer) => answer.end('ok')).listen(process.argv[1], '127.0.0.1')"

describe('a supervised service', () => {
  it('comes back after a crash and stays away after a stop', async () => {
    const port = await freePort()
    let change = () => {}
    const changed = new Promise<void>((resolve) => { change = resolve })
    const { service, ready } = supervise({
      order: order(SERVER, port), logFolder: folder, isEchoed: false, onChange: () => change(),
    })
    await ready
    const before = service.identity()
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await changed
    expect(service.identity()).not.toEqual(before)
    await expect.poll(() => answersOk({ host: '127.0.0.1', port }), { timeout: 20_000 }).toBe(true)
    await service.stop()
    expect(service.identity()).toBeNull()
    expect(await answersOk({ host: '127.0.0.1', port })).toBe(false)
  })

  it('that cannot start is refused with its own last words, and not started again', async () => {
    const { service, ready } = supervise({
      order: order("console.error('no such table: sites'); process.exit(3)", await freePort()),
      logFolder: folder, isEchoed: false, onChange: () => { throw new Error('started again') },
    })
    const refusal = await ready.catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(String(refusal)).toContain('试验启动后退出（3）')
    expect(String(refusal)).toContain('no such table: sites')
    await service.stop()
    expect(readFileSync(join(folder, 'trial.log'), 'utf8')).toMatch(/"name":"trial","msg":"no such table: sites"/)
  })

  it('whose program is missing is refused too', async () => {
    const { ready } = supervise({
      order: { ...order('', await freePort()), program: join(folder, 'absent') },
      logFolder: folder, isEchoed: false, onChange: () => {},
    })
    await expect(ready).rejects.toThrow('ENOENT')
  })
})
