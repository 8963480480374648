import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { markdownToRichText } from '../../../import/markdown-to-rich-text.ts'
import { openDesk, type Desk } from '../clerks.ts'
import type { FaultCase, Outcome } from '../fault-case.ts'
import { STEPS_TO_PUBLIC, type Ledger } from '../ledger.ts'
import { trySettling } from '../try-settling.ts'

const HOUR_MS = 3_600_000
/** Each machine is off by as much: some slow, some fast, one portal by more than stored pages may be old. */
const TURNS: Record<string, number> = {
  'worker-1': -HOUR_MS, 'worker-2': -2 * HOUR_MS, 'delivery-1': HOUR_MS, 'portal-1': 30 * HOUR_MS, 'portal-2': -30 * HOUR_MS, 'cms-2': 10 * 60_000,
}
const DUE_MS = 5_000
const RELEASED_WITHIN_MS = 45_000

/** Turns the clocks of single processes, forward and back, while texts wait for their hour and portals lose their delivery server. */
export const clock: FaultCase = {
  name: 'clock',
  label: '拨动时钟',
  run: async ({ trial, readers, ledger, holdMs, tell }) => {
    const faults: string[] = []
    const files = new Map(Object.keys(TURNS).map((name) => [name, join(trial.folders.root, `clock-${name}`)]))
    const loader = pathToFileURL(join(import.meta.dirname, '..', 'turned-clock.ts'))
    for (const [name, file] of files) {
      writeFileSync(file, '0')
      loader.searchParams.set('offset', file)
      const service = trial.service(name)
      service.setEnvironment({ NODE_OPTIONS: `--import=${loader.href}` })
      await readers.blow(() => service.stop())
      await service.start()
    }
    const desk = await openDesk(trial)
    tell('… 拨动时钟')
    for (const [name, file] of files) writeFileSync(file, String(TURNS[name]))
    await wait(500)
    faults.push(...await releaseOnTime(desk, ledger))
    tell('… 拨动时钟，同时断开发布服务')
    trial.lines['portal-delivery'].set('cut')
    // The portals look for pages that are too old every half minute.
    await wait(Math.max(holdMs, 32_000))
    trial.lines['portal-delivery'].set('open')
    for (const file of files.values()) writeFileSync(file, '0')
    for (const name of files.keys()) {
      const service = trial.service(name)
      service.setEnvironment({ NODE_OPTIONS: '' })
      await readers.blow(() => service.stop())
      await service.start()
    }
    faults.push(...await trySettling(trial, '时钟拨回之后'))
    return [{ what: '拨动时钟', faults } satisfies Outcome]
  },
}

/** A text that is signed for a time is public soon after it, once, however slow the workers' clocks are. */
async function releaseOnTime({ editor, reviewers, place }: Desk, ledger: Ledger): Promise<string[]> {
  const title = `定时发布的演练稿件${performance.now().toFixed(0)}`
  const words = `${title}的正文，应在约定的时间公开一次，不早也不晚。`
  const created = await editor.call('POST', '/api/articles?depth=0', {
    ...place, title, summary: '演练用稿件。', body: markdownToRichText(words) })
  const { id, version } = created.json.doc as { id: number; version: number }
  const path = `/api/articles/${id}/transitions`
  for (const [person, action] of [[editor, 'submit'], [reviewers[0]!, 'approve'], [reviewers[1]!, 'approve']] as const) {
    const step = await person.call('POST', path, { action, version })
    if (step.status !== 200) return [`定时发布的稿件没有走到终审：${step.status} ${step.text.slice(0, 200)}`]
  }
  // One CMS is ten minutes fast and would call a nearer time past: the release is asked for by the clock that most share.
  let scheduled = await reviewers[2]!.call('POST', path, { action: 'schedule', version, at: new Date(Date.now() + DUE_MS).toISOString() })
  for (let attempt = 1; scheduled.status !== 200 && attempt < 10; attempt += 1) {
    scheduled = await reviewers[2]!.call('POST', path, { action: 'schedule', version, at: new Date(Date.now() + DUE_MS).toISOString() })
  }
  if (scheduled.status !== 200) return [`定时发布没有被接受：${scheduled.status} ${scheduled.text.slice(0, 200)}`]
  const deadline = performance.now() + RELEASED_WITHIN_MS
  for (;;) {
    const { json } = await editor.call('GET', `/api/articles/${id}?depth=0`)
    if (json.state === 'published') break
    if (performance.now() > deadline) return [`定时发布得到过确认，到时间后 ${RELEASED_WITHIN_MS / 1000} 秒仍未公开（${String(json.state)}）`]
    await wait(300)
  }
  ledger.deeds.push({ title, id, words, version, steps: STEPS_TO_PUBLIC, isPublished: true })
  const chain = await editor.call('GET', `/api/articles/${id}/chain`)
  const releases = (chain.json.steps as Array<{ to: string }>).filter(({ to }) => to === 'published').length
  return releases === 1 ? [] : [`定时发布做了 ${releases} 次`]
}
