/** Stands in for a field that the review panel shows in words; the field itself stays for lists and filters. */
export function ShownInPanel() {
  return null
}
