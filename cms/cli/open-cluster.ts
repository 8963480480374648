// A process of its own, for `npm run setup`: answers on standard input, the administrators' passwords on the last
// line of standard output, which nobody logs.
import { text } from 'node:stream/consumers'
import { getPayload } from 'payload'
import { z } from 'zod'
import config from '../payload.config.ts'
import { setUpCluster } from '../seed/setup.ts'

const answersSchema = z.object({
  sites: z.array(z.object({
    slug: z.string(), division: z.string(), divisionCode: z.string(), level: z.enum(['province', 'city', 'county']),
    region: z.enum(['sunan', 'suzhong', 'subei']).nullable(), parent: z.string().nullable(), path: z.string(),
  })),
  administrators: z.array(z.object({
    duty: z.enum(['province-admin', 'security-admin', 'audit-admin']),
    name: z.string(), unit: z.string(), email: z.string(),
  })),
})

const answers = answersSchema.parse(JSON.parse(await text(process.stdin)))
const payload = await getPayload({ config, disableOnInit: true })
const opened = await setUpCluster({ payload, ...answers })
// The process ends only when this is written: a pipe takes it at once or calls back later.
process.stdout.write(`\n${JSON.stringify(opened)}\n`, () => process.exit(0))
