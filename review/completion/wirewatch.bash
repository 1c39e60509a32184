# bash completion of wirewatch and wirewatchd: the program itself says what may stand at the cursor.
_wirewatch() {
    local lines line
    local program=${COMP_WORDS[0]/#\~/$HOME}
    mapfile -t lines < <("$program" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    COMPREPLY=()
    case ${lines[0]} in
        files) compopt -o default ;;
        directories) compopt -o dirnames ;;
        *)
            for line in "${lines[@]:1}"; do
                COMPREPLY+=("${line%%$'\t'*}")
            done
            ;;
    esac
}
complete -F _wirewatch wirewatch wirewatchd
