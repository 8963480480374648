import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

it('turns the clock of a process, however it asks for the time, and leaves given times alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-clock-'))
  try {
    const file = join(folder, 'offset')
    const HOUR = 3_600_000
    writeFileSync(file, String(-5 * HOUR))
    const loader = pathToFileURL(join(import.meta.dirname, 'turned-clock.ts'))
    loader.searchParams.set('offset', file)
    const program = `console.log(JSON.stringify({
      now: Date.now(), made: new Date().getTime(), given: new Date(86400000).toISOString(),
      isDate: new Date() instanceof Date, same: new Date().constructor === Date, utc: Date.UTC(1970, 0, 2) }))`
    const before = Date.now()
    const { stdout } = spawnSync(process.execPath, [`--import=${loader.href}`, '--eval', program], { encoding: 'utf8' })
    const told = JSON.parse(stdout) as { now: number; made: number }
    for (const time of [told.now, told.made]) expect(Math.abs(time + 5 * HOUR - before)).toBeLessThan(60_000)
    expect(told).toMatchObject({ given: '1970-01-02T00:00:00.000Z', isDate: true, same: true, utc: 86_400_000 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
