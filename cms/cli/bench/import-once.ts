// A process of its own, in the environment of a database made for it: imports a file as the command does, and says
// as JSON how long that took.
import { getPayload } from 'payload'
import { findDestination } from '../../import/find-destination.ts'
import { importFile } from '../../import/import-file.ts'
import config from '../../payload.config.ts'

const [file] = process.argv.slice(2)
const payload = await getPayload({ config, disableOnInit: true })
const { destination, fault } = await findDestination(payload, { site: 'jiangsu', column: 'policies' })
if (!file || !destination) throw new Error(fault ?? 'a file is needed')
const start = performance.now()
const { imported, refused, lines } = await importFile(payload, { path: file, destination, now: () => new Date() })
console.log(JSON.stringify({ milliseconds: performance.now() - start, imported, refused: refused.length, lines }))
process.exit(0)
