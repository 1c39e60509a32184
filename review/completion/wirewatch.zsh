#compdef wirewatch wirewatchd
# zsh completion of wirewatch and wirewatchd: the program itself says what may stand at the cursor.
_wirewatch() {
    local -a lines candidates
    local line
    lines=("${(@f)$(${~words[1]} complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    case $lines[1] in
        files) _files ;;
        directories) _files -/ ;;
        *)
            for line in "${(@)lines[2,-1]}"; do
                candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
            done
            _describe wirewatch candidates
            ;;
    esac
}
if [ "$funcstack[1]" = _wirewatch ]; then
    _wirewatch
else
    compdef _wirewatch wirewatch wirewatchd
fi
