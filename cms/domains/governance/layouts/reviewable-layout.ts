import type { PayloadRequest } from 'payload'
import { siteTag } from '@cluster/shared/delivery/tags'
import { changeIssues } from '@cluster/shared/governance/templates/change-issues'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { placeOf } from '../../../delivery/place.ts'
import { storeSiteRecord } from '../../../delivery/project-site.ts'
import { storeFiles } from '../../../delivery/store-record.ts'
import { clockOf } from '../../../review/clock.ts'
import type { Reviewable } from '../../../review/reviewable.ts'
import { choicesOf } from './choices-of.ts'
import { projectChoices } from './public-choices.ts'
import { choicesOnSite, keepPublished } from './published-choices.ts'

/** A layout with its site and its choices, in the form in which they are signed. */
async function readLayout(req: PayloadRequest, id: number) {
  const layout = await req.payload.findByID({ collection: 'layouts', id, depth: 0, req, overrideAccess: true })
  const { site } = await placeOf(req, layout)
  const choices = choicesOf(layout)
  return { site, choices, projected: await projectChoices(req, site.id, choices) }
}

export const reviewableLayout: Reviewable = {
  sign: async (req, id) => {
    const { site, choices, projected } = await readLayout(req, id)
    const issues = changeIssues(manifestOf(site.release), await choicesOnSite(req, site.id), choices)
    return { content: projected.choices, issues: [...issues, ...projected.issues] }
  },
  publish: async (req, id) => {
    const { site, choices, projected } = await readLayout(req, id)
    await keepPublished(req, {
      siteId: site.id, layoutId: id, choices, publicChoices: projected.choices, at: clockOf(req).toISOString() })
    const forgotten = await storeFiles(req, { collection: 'layouts', id }, projected.files)
    return [siteTag(await storeSiteRecord(req, site.id)), ...forgotten]
  },
  withdraw: async () => [],
  refused: { withdraw: '首页布置不能撤下，网站总要有首页。要恢复原样，请先点“更正”，再点“恢复省级默认布置”，送审后发布。' },
}
