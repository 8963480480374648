export const INDEX = 'documents'
/** Where a new index grows beside the one that answers, until both change places. */
export const NEXT_INDEX = 'documents-next'
/** Said with every document as well: an index that was lost while the worker runs is made anew by the first of them. */
export const PRIMARY_KEY = 'id'
