/**
 * The closed table of error codes: what each means to a client. `status` is the HTTP status, `title` the
 * short sentence of RFC 9457 that never changes with the occurrence, `scimType` the word of RFC 7644 §3.12.
 */
export const errorCodes = {
  // Requests
  malformed_request: { status: 400, title: 'The request could not be read', scimType: 'invalidSyntax' },
  invalid_input: { status: 422, title: 'Some of the input is not valid', scimType: 'invalidValue' },
  invalid_cursor: { status: 400, title: 'The page cursor is not valid', scimType: 'invalidValue' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The media type is not supported' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used with another request' },
  idempotency_in_progress: {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
  },
  // Who asks, and what they may do
  not_signed_in: { status: 401, title: 'Sign in first' },
  sign_in_failed: { status: 401, title: 'The sign-in name or password is not right' },
  forbidden: { status: 403, title: 'You may not do this' },
  cross_site_request: { status: 403, title: 'The request came from another site' },
  link_not_valid: { status: 410, title: 'The link is not valid any more' },
  // State
  conflict: { status: 409, title: 'Somebody else changed this in the meantime' },
  precondition_failed: {
    status: 412,
    title: 'Somebody else changed this in the meantime',
    scimType: 'invalidVers',
  },
  precondition_required: { status: 428, title: 'Say which version you are changing' },
  preview_drifted: { status: 409, title: 'What would happen has changed since the preview' },
  try_again: { status: 503, title: 'The database was busy; try again' },
  unavailable: { status: 503, title: 'The service is not available for a moment' },
  // People
  duplicate_sign_in_name: { status: 409, title: 'The sign-in name is taken', scimType: 'uniqueness' },
  extension_taken: { status: 409, title: 'The extension is taken', scimType: 'uniqueness' },
  last_administrator: { status: 409, title: 'An active administrator must remain' },
  reason_required: { status: 422, title: 'A reason or ticket is required' },
  wrong_status: { status: 409, title: 'This is not possible in the present status' },
  weak_password: { status: 422, title: 'The password is too easy to guess' },
  // Groups and numbers
  duplicate_group_name: { status: 409, title: 'The group name is taken', scimType: 'uniqueness' },
  duplicate_number: { status: 409, title: 'The number is already there' },
  group_in_use: { status: 409, title: 'The group is in use' },
  number_in_use: { status: 409, title: 'The number is in use' },
  // The organization
  duplicate_name: { status: 409, title: 'The name is taken' },
  already_set_up: { status: 409, title: 'This installation is already set up' },
  // Files
  file_empty: { status: 422, title: 'The file is empty' },
  file_not_readable: { status: 422, title: 'The file cannot be read as a table' },
  file_too_large: { status: 413, title: 'The file is too large' },
  encoding_ambiguous: { status: 422, title: 'Say how the file is encoded' },
  deactivations_not_confirmed: { status: 409, title: 'Confirm how many agents will be deactivated' },
  undo_expired: { status: 409, title: 'The import can no longer be undone' },
  // Ours
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string; scimType?: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** One field that was refused: `field` is a path such as `users.3.email`, `remedy` what to do about it. */
export interface FieldError {
  field: string;
  message: string;
  remedy?: string;
}
