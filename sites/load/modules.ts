import type { Address } from '@cluster/shared/delivery/addresses'
import type { ColumnRecord, SiteRecord } from '@cluster/shared/delivery/records'
import type { InteractionModule } from '@cluster/shared/governance/templates/parts'
import { manifestOf } from '@cluster/themes/manifests.ts'

/** Whether the release that a site runs has switched a way of taking part on. */
export const isOn = (site: Pick<SiteRecord, 'release'>, module: InteractionModule): boolean =>
  manifestOf(site.release).interaction.includes(module)

/** The columns that a site shows: answers to letters stand in none where the release does not publish them. */
export const shownColumns = (site: Pick<SiteRecord, 'release' | 'columns'>): ColumnRecord[] =>
  isOn(site, 'published-letters') ? site.columns : site.columns.filter(({ kind }) => kind !== 'letter')

/** The switched-off module that an address belongs to; `null` where the address is open. */
export function closedModule(site: SiteRecord, address: Address): InteractionModule | null {
  const module = moduleOf(site, address)
  return module && !isOn(site, module) ? module : null
}

function moduleOf(site: SiteRecord, address: Address): InteractionModule | null {
  switch (address.page) {
    case 'letter-form':
      return 'letters'
    case 'letter-status':
      return 'letter-status'
    case 'document':
      return address.collection === 'letters' ? 'published-letters' : null
    case 'column':
      return site.columns.some(({ key, kind }) => key === address.key && kind === 'letter') ? 'published-letters' : null
    default:
      return null
  }
}
