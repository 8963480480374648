import type { Address } from '@cluster/shared/delivery/addresses'
import { loadClosed } from './closed.ts'
import { loadColumn } from './column.ts'
import type { Loaded, LoadContext } from './context.ts'
import { loadDirectory } from './directory.ts'
import { loadDocument } from './document.ts'
import { loadFarewell, refuseLetters } from './farewell.ts'
import { loadHome } from './home.ts'
import { loadLetterForm, sendLetterForm } from './letter-form.ts'
import { loadLetterStatus } from './letter-status.ts'
import { closedModule } from './modules.ts'
import { loadNotFound } from './not-found.ts'
import { loadPreview } from './preview.ts'
import { loadSearch } from './search.ts'
import { loadSiteMap } from './site-map.ts'

/** The page that answers at an address, or the 404 page. Throws `Unreachable` or `ContractBroken`. */
export async function loadPage(context: LoadContext, address: Address | null, reference: string): Promise<Loaded> {
  return (address && (await loadAddress(context, address, reference))) ?? loadNotFound(context)
}

async function loadAddress(context: LoadContext, address: Address, reference: string): Promise<Loaded | null> {
  const farewell = context.site.standing?.state === 'closing' ? context.site.standing : null
  if (farewell && address.page === 'home') return loadFarewell(context, farewell)
  if (farewell && address.page === 'letter-form') return refuseLetters(context, farewell, reference)
  const closed = closedModule(context.site, address)
  if (closed) return loadClosed(context, closed, reference)
  switch (address.page) {
    case 'home':
      return loadHome(context)
    case 'column':
      return loadColumn(context, address)
    case 'document':
      return loadDocument(context, address)
    case 'search':
      return loadSearch(context)
    case 'directory':
      return loadDirectory(context)
    case 'site-map':
      return loadSiteMap(context)
    case 'letter-form':
      return context.form ? sendLetterForm(context, context.form) : loadLetterForm(context)
    case 'letter-status':
      return loadLetterStatus(context)
    case 'preview':
      return loadPreview(context, { token: address.token, reference })
  }
}
