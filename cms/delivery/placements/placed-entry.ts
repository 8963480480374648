import { sql } from '../../database/query.ts'

type Statement = ReturnType<typeof sql>

/** The original's line as the showing site's lists have it: with the site that it stands on, and that site's own column. */
export const placedEntry = ({ entry, site, columnKey }: { entry: Statement; site: Statement; columnKey: Statement }): Statement =>
  sql`${entry} || jsonb_build_object('placedOn', ${site}, 'columnKey', ${columnKey})`
