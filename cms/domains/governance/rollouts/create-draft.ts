import type { PayloadRequest } from 'payload'
import { type Manifest, manifestIssues, manifestSchema } from '@cluster/shared/governance/templates/manifest'
import { defaultRings } from '@cluster/shared/governance/templates/default-rings'
import { audit } from '../../../audit/record.ts'
import { inTransaction } from '../../../database/query.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse, Refused } from '../../people/answer.ts'
import { requireSteward } from './steward.ts'
import { insertRollout, readSites, writeStep } from './store.ts'

/**
 * A rollout of the release as a draft, with the rings that the province usually takes.
 * @returns its id
 * @throws Refused 422 with everything in which the manifest contradicts itself, the norms or the province
 */
export async function createDraft(req: PayloadRequest, manifest: Manifest): Promise<number> {
  await requireSteward(req)
  const parsed = manifestSchema.safeParse(manifest)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    refuse(422, 'manifest-malformed', `模板的说明文件不完整：${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}。请补全后再推行。`, issue?.path.join('.'))
  }
  const issues = manifestIssues(parsed.data)
  if (issues.length > 0) throw new Refused(422, issues)
  return inTransaction(req, async () => {
    const now = clockOf(req)
    const id = await insertRollout(req, { release: manifest.id, rings: defaultRings(await readSites(req)), now })
    await writeStep(req, id, { action: 'create', from: 'draft', to: 'draft', ring: null, attempt: 0, now })
    await audit(req, { deed: 'plan-rollout', detail: { rollout: id, release: manifest.id } })
    return id
  })
}
