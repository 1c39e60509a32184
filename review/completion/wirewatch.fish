# fish completion of wirewatch and wirewatchd: the program itself says what may stand at the cursor.
function __wirewatch_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $words[1])
    set -l lines ($program complete -- $words[2..-1] 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path (commandline -ct)
        case directories
            __fish_complete_directories (commandline -ct)
        case words
            printf '%s\n' $lines[2..-1]
    end
end
complete -c wirewatch -f -a '(__wirewatch_complete)'
complete -c wirewatchd -f -a '(__wirewatch_complete)'
