/** A comment that holds an assignment, which belongs to what stands above it and not to the section that follows. */
export const commentedOut = /^[#;]+\s*[A-Za-z][\w.-]*\s*=/u;
