#ifndef TAG_READER_H
#define TAG_READER_H

#ifdef __cplusplus
extern "C" {
#endif

/* Called for each value of each tag of a file, in UTF-8. The names are those of TagLib's properties, such as ALBUMARTIST. */
typedef void (*tag_reader_value)(void *context, const char *name, const char *value);

/* Reads the tags of a file.
 *
 * Returns the length in milliseconds, 0 when it is unknown; -1 when the file is none that TagLib reads. */
int tag_reader_read(const char *path, tag_reader_value value, void *context);

#ifdef __cplusplus
}
#endif

#endif
