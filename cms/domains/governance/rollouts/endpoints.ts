import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { ROLLOUT_ACTIONS, type RolloutAction } from '@cluster/shared/governance/templates/rollout'
import { answering, bodyOf, refuse } from '../../people/answer.ts'
import { moveToRing, setSoak } from './change-plan.ts'
import { createDraft } from './create-draft.ts'
import { describeRollout } from './describe.ts'
import { cancelDryRun, lastDryRun, readDryRunSites, readVerdictSites, startDryRun } from './dry-run.ts'
import { manifestNamed } from './manifest-named.ts'
import { requireSteward } from './steward.ts'
import { listPictures, readPicture, SIDES } from './pictures.ts'
import { listRollouts, readLessons, readRollout } from './store.ts'
import { takeStep } from './take-step.ts'
import { writeLesson } from './write-lesson.ts'

const idSchema = z.coerce.number().int().positive().max(2 ** 31 - 1)
const version = z.number().int().positive()
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/)
const draftSchema = z.object({ release: z.string().min(1).max(60) })
const moveSchema = z.object({ version, site: slug, to: z.number().int().min(0).max(50) })
const soakSchema = z.object({ version, ring: z.number().int().min(0).max(50), hours: z.number().int() })
const actionSchema = z.object({
  version, action: z.enum(Object.keys(ROLLOUT_ACTIONS) as [RolloutAction, ...RolloutAction[]]), lesson: z.string().max(5_000).optional(),
})
const lessonSchema = z.object({ lesson: z.string().max(5_000) })

type OfRollout = (req: PayloadRequest, id: number) => Promise<unknown>

/** For the province's steward alone; who else asks is told so before anything is looked for. */
const steward = (handler: (req: PayloadRequest) => Promise<Response>) => answering(async (req) => {
  await requireSteward(req)
  return handler(req)
})
const ofRollout = (deed: OfRollout) => steward(async (req) => {
  const id = idSchema.safeParse(req.routeParams?.id)
  const rollout = id.success ? await readRollout(req, id.data) : null
  if (!rollout) refuse(404, 'not-found', '没有找到这次推行。')
  const answer = await deed(req, rollout.id)
  return Response.json(answer ?? await describeRollout(req, rollout.id))
})
const pictureSchema = z.object({ picture: idSchema, side: z.enum(SIDES) })
/** A picture never changes; only the steward's own browser keeps it. */
const PICTURE_HEADERS = { 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' }
const onePicture = steward(async (req) => {
  const id = idSchema.safeParse(req.routeParams?.id)
  const asked = pictureSchema.safeParse(req.routeParams)
  const bytes = id.success && asked.success ? await readPicture(req, id.data, { id: asked.data.picture, side: asked.data.side }) : null
  return bytes ? new Response(new Uint8Array(bytes), { headers: PICTURE_HEADERS }) : refuse(404, 'not-found', '没有这张图片。')
})
const siteAsked = (req: PayloadRequest): string | null => {
  const given = req.searchParams?.get('site') ?? null
  return given !== null && slug.safeParse(given).success ? given : null
}

/**
 * `GET /api/rollouts` all, with the lessons of all; `POST /api/rollouts { release }` a draft; `GET /api/rollouts/<id>`;
 * `POST …/move { site, to, version }`, `POST …/soak { ring, hours, version }` while it is a draft; `POST …/dry-run`, `GET …/dry-run?site=`
 * progress and findings, `POST …/dry-run/cancel`; `POST …/actions { action, version, lesson }`; `GET …/evidence?site=` what was found after
 * the switch; `GET …/pictures` of the pilots before and after, `GET …/pictures/<picture>/before|after`; `POST …/lessons { lesson }`. Each POST answers the rollout as it is then.
 */
export const rolloutEndpoints: Endpoint[] = [
  { path: '/rollouts', method: 'get', handler: steward(async (req) => Response.json({ rollouts: await listRollouts(req), lessons: await readLessons(req) })) },
  { path: '/rollouts', method: 'post', handler: steward(async (req) => {
    const { release } = await bodyOf(req, draftSchema)
    const manifest = manifestNamed(release) ?? refuse(422, 'release-unknown', `程序里没有模板“${release}”。请从列表里选一个。`, 'release')
    return Response.json({ id: await createDraft(req, manifest) }, { status: 201 })
  }) },
  { path: '/rollouts/:id', method: 'get', handler: ofRollout(async () => null) },
  { path: '/rollouts/:id/move', method: 'post', handler: ofRollout(async (req, id) => moveToRing(req, id, await bodyOf(req, moveSchema))) },
  { path: '/rollouts/:id/soak', method: 'post', handler: ofRollout(async (req, id) => setSoak(req, id, await bodyOf(req, soakSchema))) },
  { path: '/rollouts/:id/dry-run', method: 'post', handler: ofRollout((req, id) => startDryRun(req, id)) },
  { path: '/rollouts/:id/dry-run/cancel', method: 'post', handler: ofRollout((req, id) => cancelDryRun(req, id)) },
  { path: '/rollouts/:id/dry-run', method: 'get', handler: ofRollout(async (req, id) => (
    { run: await lastDryRun(req, id), ...(req.searchParams?.has('progress') ? {} : { sites: await readDryRunSites(req, id, siteAsked(req)) }) })) },
  { path: '/rollouts/:id/actions', method: 'post', handler: ofRollout(async (req, id) => takeStep(req, id, await bodyOf(req, actionSchema))) },
  { path: '/rollouts/:id/evidence', method: 'get', handler: ofRollout(async (req, id) => (
    { sites: await readVerdictSites(req, (await readRollout(req, id))!, siteAsked(req)) })) },
  { path: '/rollouts/:id/pictures', method: 'get', handler: ofRollout(async (req, id) => ({ pictures: await listPictures(req, id) })) },
  { path: '/rollouts/:id/pictures/:picture/:side', method: 'get', handler: onePicture },
  { path: '/rollouts/:id/lessons', method: 'post', handler: ofRollout(async (req, id) => writeLesson(req, id, (await bodyOf(req, lessonSchema)).lesson)) },
]
