/** As gperf compares, which takes ASCII letters of both cases for the same, and no others. */
export const asciiUpperCase = (word: string): string => (/[^ -~]/u.test(word) ? word : word.toUpperCase());
