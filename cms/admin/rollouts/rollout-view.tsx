import { notFound, redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { describeRollout } from '../../domains/governance/rollouts/describe.ts'
import { isSteward } from '../../domains/governance/rollouts/steward.ts'
import { OwnView } from '../own-view.tsx'
import { RolloutBoard } from './rollout-board.tsx'

/** One rollout: what it changes, who gets it when, what stands against it, and what was found. */
export async function RolloutView(view: AdminViewServerProps) {
  const { initPageResult: { req }, params } = view
  if (!(await isSteward(req))) redirect('/admin')
  const id = Number(params?.segments?.at(-1))
  const page = Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? await describeRollout(req, id) : null
  if (!page) notFound()
  return (
    <OwnView view={view} title={`推行：${page.manifest?.name ?? page.rollout.release}`}>
      <RolloutBoard initial={page} openedAt={new Date().toISOString()} />
    </OwnView>
  )
}
