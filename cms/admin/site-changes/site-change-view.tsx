import { notFound, redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { CHANGE_KINDS } from '@cluster/shared/governance/site-lifecycle/steps'
import { describeChange } from '../../domains/governance/site-lifecycle/describe.ts'
import { isProvince } from '../../domains/governance/site-lifecycle/province.ts'
import { OwnView } from '../own-view.tsx'
import { ChangeBoard } from './change-board.tsx'

/** One site that is opened, merged or closed: its check list, its steps, and who did what when. */
export async function SiteChangeView(view: AdminViewServerProps) {
  const { initPageResult: { req }, params } = view
  if (!(await isProvince(req))) redirect('/admin')
  const id = Number(params?.segments?.at(-1))
  const page = Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? await describeChange(req, id) : null
  if (!page) notFound()
  const { change: { kind }, siteName, targetName } = page
  return (
    <OwnView view={view} title={`${CHANGE_KINDS[kind]}：${siteName}${kind === 'merge' ? `并入${targetName}` : ''}`}>
      <ChangeBoard initial={page} />
    </OwnView>
  )
}
