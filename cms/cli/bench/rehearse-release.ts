import { z } from 'zod'
import type { Bench } from './open-bench.ts'
import { signIn, type SignedIn } from './sign-in.ts'

/** The release that the bench rolls out; sites begin with the one before it. */
export const NEW_RELEASE = 'standard-2'

const POLL_MS = 500
/** A dry run that takes longer is not measured any more. */
const GIVE_UP_MS = 600_000

const runSchema = z.object({
  run: z.object({
    id: z.number(), state: z.enum(['running', 'done', 'cancelled']), total: z.number(), done: z.number(), red: z.array(z.string()), startedAt: z.string(), finishedAt: z.string().nullable(),
  }),
})
const rolloutSchema = z.object({ rollout: z.object({ id: z.number(), version: z.number(), state: z.string(), rings: z.array(z.object({ sites: z.array(z.string()) })) }) })
const listSchema = z.object({ rollouts: z.array(z.object({ id: z.number(), version: z.number(), state: z.string() })) })

export type Steward = {
  call: SignedIn['call']
  /** One step of the rollout on its newest version. Throws when it is refused. */
  step: (id: number, action: string) => Promise<void>
  read: (id: number) => Promise<z.output<typeof rolloutSchema>['rollout']>
}

/** The province's steward; a rollout that an earlier run has left is cancelled first. */
export async function openSteward({ cluster }: Pick<Bench, 'cluster'>): Promise<Steward> {
  const { call } = await signIn(cluster(), { duty: 'template-steward', site: 'jiangsu' })
  const read: Steward['read'] = async (id) => rolloutSchema.parse((await call('GET', `/api/rollouts/${id}`)).json).rollout
  const step: Steward['step'] = async (id, action) => {
    const { version } = await read(id)
    const answer = await call('POST', `/api/rollouts/${id}/actions`, { action, version, lesson: '测量用的推行，没有真实的经验。' })
    if (answer.status !== 200) throw new Error(`${action} refused: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`)
  }
  const { rollouts } = listSchema.parse((await call('GET', '/api/rollouts')).json)
  for (const { id, state } of rollouts) if (['draft', 'running', 'halted'].includes(state)) await step(id, 'cancel')
  return { call, step, read }
}

/** A new draft with its dry run over all sites. */
export async function rehearse({ call }: Steward): Promise<{ id: number; run: z.output<typeof runSchema>['run']; pages: number }> {
  const draft = await call('POST', '/api/rollouts', { release: NEW_RELEASE })
  const { id } = z.object({ id: z.number() }).parse(draft.json)
  const started = await call('POST', `/api/rollouts/${id}/dry-run`)
  if (started.status !== 200) throw new Error(`the dry run was refused: ${started.status} ${started.body.toString('utf8').slice(0, 300)}`)
  const begun = performance.now()
  for (;;) {
    const { run } = runSchema.parse((await call('GET', `/api/rollouts/${id}/dry-run?progress`)).json)
    if (run.state !== 'running') return { id, run, pages: await countPages(call, id) }
    if (performance.now() - begun > GIVE_UP_MS) throw new Error(`the dry run has come to ${run.done} of ${run.total} sites`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

async function countPages(call: SignedIn['call'], id: number): Promise<number> {
  const found = z.object({ sites: z.array(z.object({ evidence: z.object({ pages: z.array(z.unknown()) }) })) })
    .parse((await call('GET', `/api/rollouts/${id}/dry-run`)).json)
  return found.sites.reduce((sum, { evidence }) => sum + evidence.pages.length, 0)
}
