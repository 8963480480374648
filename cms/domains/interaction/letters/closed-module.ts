import type { PayloadRequest } from 'payload'
import type { LetterSubmission } from '@cluster/shared/delivery/intake'
import type { InteractionModule } from '@cluster/shared/governance/templates/parts'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { query, sql } from '../../../database/query.ts'

/** The module that a letter needs and the release of its site has switched off; null where the letter may come in. Read as it stands now. */
export async function closedModule(req: PayloadRequest, { site, kind }: Pick<LetterSubmission, 'site' | 'kind'>): Promise<InteractionModule | null> {
  const [row] = await query<{ release: string }>(req, sql`select release from sites where slug = ${site}`)
  if (!row) return null
  const { interaction } = manifestOf(row.release)
  const needed: InteractionModule[] = ['letters', ...(kind === 'error-report' ? ['error-report' as const] : [])]
  return needed.find((module) => !interaction.includes(module)) ?? null
}
