import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { personOf } from '../../access/granted-sites.ts'

/** 首页布置 in the menu: whoever works for one site is led straight to its layout, everybody else to the list of theirs. */
export async function OwnLayout({ initPageResult: { req } }: AdminViewServerProps) {
  if (!personOf(req)) redirect('/admin')
  const { docs, totalDocs } = await req.payload.find({ collection: 'layouts', limit: 1, depth: 0, req, user: req.user, overrideAccess: false })
  redirect(totalDocs === 1 ? `/admin/collections/layouts/${docs[0]!.id}` : '/admin/collections/layouts?sort=site.divisionCode')
}
