import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { changeIssues } from '@cluster/shared/governance/templates/change-issues'
import { NO_CHOICES } from '@cluster/shared/governance/templates/choices'
import type { Issue } from '@cluster/shared/issue'
import { refusal } from '@cluster/shared/issue'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { choicesOf, parseChoices } from '../choices-of.ts'
import { projectChoices } from '../public-choices.ts'

/**
 * A save that touches what the site's release locks is refused, with the part's name, the rule and who may change it;
 * so is what is no choice at all. Whoever saves, and by whatever way: the lock is the release's, not the person's.
 */
export const refuseLockedChoices: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  const merged = { ...originalDoc, ...data }
  const parsed = parseChoices(merged)
  if (!parsed.success) {
    refuse(422, parsed.error.issues.map((issue) => refusal('invalid', fieldSentence(issue.path, issue.message), issue.path.join('.'))))
  }
  const site = await req.payload.findByID({ collection: 'sites', id: relationId(merged.site)!, depth: 0, req, overrideAccess: true })
  const before = operation === 'create' ? NO_CHOICES : choicesOf(originalDoc)
  const issues = changeIssues(manifestOf(site.release), before, parsed.data)
  if (issues.length > 0) refuse(issues.some(({ code }) => code === 'part-locked') ? 403 : 422, issues)
  if (parsed.data.heroPicture !== before.heroPicture) {
    const { issues: unusable } = await projectChoices(req, site.id, parsed.data)
    if (unusable.length > 0) refuse(422, unusable)
  }
  // The row holds the parsed form: what the schema does not know is not kept.
  return { ...data, ...parsed.data }
}

const FIELDS: Record<string, string> = { order: '板块次序', hidden: '不显示的板块', accent: '主色', heroPicture: '首页主图', links: '本地链接' }
const WRITTEN_BY_US = /[\u4e00-\u9fff]/

function fieldSentence([field, index]: readonly PropertyKey[], message: string): string {
  const name = `${FIELDS[String(field)] ?? '布置'}${typeof index === 'number' ? `第 ${index + 1} 项` : ''}`
  return WRITTEN_BY_US.test(message) ? `${name}：${message}。` : `${name}的内容无法识别，没有保存。请刷新页面后重新设置。`
}

function refuse(status: number, issues: readonly Issue[]): never {
  const [first] = issues
  throw new APIError(issues.map(({ message }) => message).join(' '), status, {
    code: first!.code, path: first!.path, issues: issues.map(({ code, message, path }) => ({ code, message, path })) }, true)
}
