# What Debian wants done to the staged files before they are packed. Called by CPack.
set(stage ${CPACK_TEMPORARY_INSTALL_DIRECTORY})
set(doc ${stage}/usr/share/doc/wirewatch)

file(RENAME ${doc}/CHANGELOG.md ${doc}/changelog)
file(GLOB pages ${stage}/usr/share/man/man*/*)
execute_process(
    COMMAND gzip -9 --no-name ${doc}/changelog ${doc}/changelog.Debian ${pages}
    COMMAND_ERROR_IS_FATAL ANY)

# /usr/share/zsh/site-functions is for what the administrator adds.
file(RENAME ${stage}/usr/share/zsh/site-functions ${stage}/usr/share/zsh/vendor-completions)
