using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace MailDns.Shell;

/// <summary>What the command line asks for.</summary>
internal sealed class ShellOptions
{
    private readonly List<string> _modules = [];

    public bool Help { get; private set; }

    public bool NoModule { get; private set; }

    public bool NonInteractive { get; private set; }

    public int? Width { get; private set; }

    /// <summary>A value of <c>$ErrorView</c>.</summary>
    public string ErrorView { get; private set; } = "ConciseView";

    /// <summary>Modules to import in place of the one that is found; empty: find it.</summary>
    public IReadOnlyList<string> Modules => _modules;

    /// <summary>The script file, when a file is to be run.</summary>
    public string? ScriptPath { get; private set; }

    /// <summary>The command text, when text is to be run.</summary>
    public string? Command { get; private set; }

    /// <summary>The arguments of the script, as typed.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It cannot be understood.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ShellOptions();
        int index = 0;
        while (index < args.Count && !options.Help)
        {
            string argument = args[index++];
            if (argument.Length == 0 || argument[0] != '-')
            {
                options.TakeScript(argument, args, index);
                return options;
            }

            switch (argument.TrimStart('-').ToUpperInvariant())
            {
                case "COMMAND" or "C":
                    options.TakeCommand(args, index);
                    return options;
                case "FILE" or "F":
                    options.TakeScript(Value(args, ref index, argument), args, index);
                    return options;
                case "MODULE":
                    options._modules.Add(Value(args, ref index, argument));
                    break;
                case "WIDTH":
                    options.Width = ParseWidth(Value(args, ref index, argument));
                    break;
                case "ERRORVIEW":
                    options.ErrorView = ParseErrorView(Value(args, ref index, argument));
                    break;
                case "NOMODULE":
                    options.NoModule = true;
                    break;
                case "NONINTERACTIVE":
                    options.NonInteractive = true;
                    break;
                case "HELP" or "H" or "?":
                    options.Help = true;
                    break;
                default:
                    throw new UsageException($"unknown option '{argument}'");
            }
        }

        return options.Help ? options : throw new UsageException("nothing to run: give a script or -Command");
    }

    private void TakeScript(string path, IReadOnlyList<string> args, int index)
    {
        if (NoModule && _modules.Count > 0)
            throw new UsageException("-NoModule and -Module exclude each other");
        if (!File.Exists(path))
            throw new UsageException($"there is no script '{path}'");
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{path}' is not a .ps1 file");
        ScriptPath = Path.GetFullPath(path);
        Arguments = Rest(args, index);
    }

    private void TakeCommand(IReadOnlyList<string> args, int index)
    {
        if (NoModule && _modules.Count > 0)
            throw new UsageException("-NoModule and -Module exclude each other");
        string text = string.Join(' ', Rest(args, index));
        if (text.Length == 0)
            throw new UsageException("-Command needs the text to run");
        Command = string.Equals(text, "-", StringComparison.Ordinal) ? Console.In.ReadToEnd() : text;
    }

    private static List<string> Rest(IReadOnlyList<string> args, int index)
    {
        var rest = new List<string>();
        for (int i = index; i < args.Count; i++)
            rest.Add(args[i]);
        return rest;
    }

    private static string Value(IReadOnlyList<string> args, ref int index, string option)
    {
        return index < args.Count ? args[index++] : throw new UsageException($"{option} needs a value");
    }

    private static int ParseWidth(string text)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is >= 20 and <= 10_000
            ? width
            : throw new UsageException($"-Width takes a number from 20 to 10000, not '{text}'");
    }

    private static string ParseErrorView(string text)
    {
        return text.ToUpperInvariant() switch
        {
            "CONCISE" or "CONCISEVIEW" => "ConciseView",
            "NORMAL" or "NORMALVIEW" => "NormalView",
            "CATEGORY" or "CATEGORYVIEW" => "CategoryView",
            _ => throw new UsageException($"-ErrorView takes Concise, Normal or Category, not '{text}'"),
        };
    }
}
