import { hits } from '../hits/fixtures.ts'

export const fixtures = { several: { hits } }
