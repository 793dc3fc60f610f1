import { listing } from '../listing.ts'
import { findContact } from '../lookup.ts'
import { showRating } from '../records.ts'
import { getList } from '../route.ts'
import type { Routes } from '../route.ts'

export const ratingRoutes: Routes = {
  'rating.list': getList(async (call) => {
    const { id } = await findContact(call)
    return listing(call, (query) => call.house.storage.ratings.list({ ...query, contactId: id }), showRating)
  }),
}
