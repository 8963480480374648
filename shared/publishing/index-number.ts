/**
 * 索引号 of a policy document (Open Government Information Regulations §12): division code, year in which the document came into the
 * cluster, running number. Never reused, and the same for ever: `320583/2026-00042`.
 */
export function indexNumber({ divisionCode, year, id }: { divisionCode: string; year: number; id: number }): string {
  return `${divisionCode}/${year}-${String(id).padStart(5, '0')}`
}
