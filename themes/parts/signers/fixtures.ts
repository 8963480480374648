import { disclosures } from '../chain/fixtures.ts'

export const fixtures = {
  complete: { disclosure: disclosures.complete },
  emergency: { disclosure: disclosures.emergency },
}
