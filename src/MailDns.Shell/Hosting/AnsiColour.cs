using System;

namespace MailDns.Shell.Hosting;

/// <summary>Console colours as SGR sequences (ECMA-48, 8.3.117).</summary>
internal static class AnsiColour
{
    // ConsoleColor counts blue-green-red, SGR red-green-blue.
    private static readonly int[] s_base = [0, 4, 2, 6, 1, 5, 3, 7];

    public static string Wrap(string text, ConsoleColor foreground, ConsoleColor background)
    {
        // A background of the default black is left to the terminal.
        string back = background == ConsoleColor.Black ? string.Empty : $"\u001b[{Code(background) + 10}m";
        return $"\u001b[{Code(foreground)}m{back}{text}\u001b[0m";
    }

    private static int Code(ConsoleColor colour)
    {
        int value = (int)colour;
        return value >= 8 ? 90 + s_base[value - 8] : 30 + s_base[value];
    }
}
