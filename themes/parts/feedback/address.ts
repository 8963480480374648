import { letterFormPath } from '@cluster/shared/delivery/addresses'

/** The form for reporting an error (网站找错), with the page that the report speaks of already filled in. */
export function errorReportPath(about: string): string {
  return `${letterFormPath('error-report')}&about=${encodeURIComponent(about)}`
}
