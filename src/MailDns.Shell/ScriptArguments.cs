using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace MailDns.Shell;

/// <summary>Turns words of the command line into the arguments of a script, as <c>pwsh -File</c> does.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name</c> becomes a parameter that takes the next word unless it is a switch, <c>-Name:value</c> one with its
    /// value (<c>$true</c>, <c>$false</c> and <c>$null</c> mean what they say); anything else is positional. After a lone
    /// <c>--</c> all words are positional.
    /// </summary>
    public static void AddTo(Command command, IReadOnlyList<string> words)
    {
        bool positionalOnly = false;
        foreach (string word in words)
        {
            if (positionalOnly || !LooksLikeParameter(word))
            {
                command.Parameters.Add(null, word);
            }
            else if (string.Equals(word, "--", StringComparison.Ordinal))
            {
                positionalOnly = true;
            }
            else
            {
                AddParameter(command, word);
            }
        }
    }

    // "-5" and "-" are values; a name starts with a letter, an underscore or a question mark.
    private static bool LooksLikeParameter(string word)
    {
        return string.Equals(word, "--", StringComparison.Ordinal)
            || (word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] is '_' or '?'));
    }

    private static void AddParameter(Command command, string word)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            // With its dash and no value the engine treats it as a token whose argument may follow.
            command.Parameters.Add(new CommandParameter(word));
            return;
        }

        string name = word[1..colon];
        string text = word[(colon + 1)..];
        object? value = text.ToUpperInvariant() switch
        {
            "$TRUE" => true,
            "$FALSE" => false,
            "$NULL" => null,
            _ => text,
        };
        command.Parameters.Add(name, value);
    }
}
