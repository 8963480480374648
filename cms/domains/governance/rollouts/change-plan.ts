import type { PayloadRequest } from 'payload'
import { moveSite, type Ring, SOAK_HOURS } from '@cluster/shared/governance/templates/rings'
import { audit } from '../../../audit/record.ts'
import { inTransaction } from '../../../database/query.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse } from '../../people/answer.ts'
import { requireSteward } from './steward.ts'
import { lockRollout, readSites, type Rollout, writeRollout, writeStep } from './store.ts'

type Change = { version: number; what: string; detail: Record<string, unknown>; apply: (rings: readonly Ring[]) => Ring[] }

/** Moves a site to another ring. */
export async function moveToRing(req: PayloadRequest, id: number, { site, to, version }: { site: string; to: number; version: number }): Promise<void> {
  await requireSteward(req)
  if (!(await readSites(req)).some(({ slug }) => slug === site)) refuse(422, 'site-unknown', '没有这个站点，没有移动。请刷新页面。', 'site')
  await changePlan(req, id, { version, what: 'move-site', detail: { site, to }, apply: (rings) => {
    if (!rings[to]) refuse(422, 'ring-unknown', '没有这一圈，没有移动。请刷新页面。', 'to')
    return moveSite(rings, site, to)
  } })
}

/** Sets how long a ring runs the release before the next may follow. */
export async function setSoak(req: PayloadRequest, id: number, { ring, hours, version }: { ring: number; hours: number; version: number }): Promise<void> {
  await requireSteward(req)
  const { min, max } = SOAK_HOURS
  if (hours < min || hours > max) refuse(422, 'soak-out-of-bounds', `观察时间须在 ${min} 到 ${max} 小时之间，没有保存。请改一个数。`, 'hours')
  await changePlan(req, id, { version, what: 'set-soak', detail: { ring, hours }, apply: (rings) => {
    if (!rings[ring]) refuse(422, 'ring-unknown', '没有这一圈，没有保存。请刷新页面。', 'ring')
    return rings.map((each, index) => (index === ring ? { ...each, soakHours: hours } : each))
  } })
}

async function changePlan(req: PayloadRequest, id: number, { version, what, detail, apply }: Change): Promise<void> {
  await inTransaction(req, async () => {
    const rollout = await lockRollout(req, id) ?? refuse(404, 'not-found', '没有找到这次推行。')
    refuseUnlessDraft(rollout, version)
    await writeRollout(req, id, { ...rollout, rings: apply(rollout.rings) })
    await writeStep(req, id, { action: what, from: 'draft', to: 'draft', ring: null, attempt: rollout.attempt, detail, now: clockOf(req) })
    await audit(req, { deed: 'plan-rollout', detail: { rollout: id, what, ...detail } })
  })
}

function refuseUnlessDraft(rollout: Rollout, version: number): void {
  if (rollout.version !== version) refuse(409, 'stale-version', '这次推行刚刚由别人改过，您看到的是旧的安排。请刷新后再改。')
  if (rollout.state !== 'draft') refuse(409, 'wrong-state', '推行已经开始，各圈的安排不能再改。')
}
