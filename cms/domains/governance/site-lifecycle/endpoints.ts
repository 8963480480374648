import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { CHANGE_ACTIONS, type ChangeAction } from '@cluster/shared/governance/site-lifecycle/steps'
import { answering, bodyOf, refuse } from '../../people/answer.ts'
import { createChange } from './create-change.ts'
import { describeChange, listForPage } from './describe.ts'
import { requireProvince } from './province.ts'
import { takeStep } from './take-step.ts'

const idSchema = z.coerce.number().int().positive().max(2 ** 31 - 1)
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/)
const text = (most: number) => z.string().trim().min(1).max(most)
const optional = (most: number) => z.string().trim().max(most).optional()
const newSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), opening: z.object({
    division: text(20), divisionCode: z.string().trim().max(6), slug: z.string().trim().max(60), parent: slug,
    region: z.enum(['sunan', 'suzhong', 'subei']).nullable(), release: text(60),
    contact: z.object({ address: optional(120), phone: optional(40), email: optional(120) }),
    administrator: z.object({ name: text(20), unit: text(40), email: z.email().max(120) }),
  }) }),
  z.object({ kind: z.literal('merge'), site: slug, target: slug }),
  z.object({ kind: z.literal('close'), site: slug, office: text(60), until: z.iso.date() }),
])
const actionSchema = z.object({
  version: z.number().int().positive(),
  action: z.enum(Object.keys(CHANGE_ACTIONS) as [ChangeAction, ...ChangeAction[]]),
  confirm: z.string().max(100).optional(),
  columns: z.array(z.object({ key: slug, into: slug })).max(200).optional(),
  people: z.array(z.number().int().positive()).max(1_000).optional(),
})

/** For the province's administrator alone; who else asks is told so before anything is looked for. */
const province = (handler: (req: PayloadRequest) => Promise<Response>) => answering(async (req) => {
  await requireProvince(req)
  return handler(req)
})
const ofChange = (deed: (req: PayloadRequest, id: number) => Promise<void>) => province(async (req) => {
  const id = idSchema.safeParse(req.routeParams?.id)
  if (!id.success || !(await describeChange(req, id.data))) refuse(404, 'not-found', '没有找到这件事。')
  await deed(req, id.data)
  return Response.json(await describeChange(req, id.data))
})

/**
 * `GET /api/site-changes` all, with the sites that a new one can be about; `POST /api/site-changes` begins one; `GET /api/site-changes/<id>`
 * with its check list; `POST …/actions { action, version, confirm, columns, people }` answers the procedure as it is then.
 */
export const siteChangeEndpoints: Endpoint[] = [
  { path: '/site-changes', method: 'get', handler: province(async (req) => Response.json(await listForPage(req))) },
  { path: '/site-changes', method: 'post', handler: province(async (req) => (
    Response.json({ id: await createChange(req, await bodyOf(req, newSchema)) }, { status: 201 }))) },
  { path: '/site-changes/:id', method: 'get', handler: ofChange(async () => undefined) },
  { path: '/site-changes/:id/actions', method: 'post', handler: ofChange(async (req, id) => takeStep(req, id, await bodyOf(req, actionSchema))) },
]
