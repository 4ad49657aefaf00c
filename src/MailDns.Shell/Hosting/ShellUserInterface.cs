using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MailDns.Shell.Hosting;

/// <summary>Output to two streams; questions only where somebody can answer.</summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private readonly ShellTerminal _terminal;
    private readonly ShellRawUserInterface _rawUserInterface;

    public ShellUserInterface(ShellTerminal terminal)
    {
        _terminal = terminal;
        _rawUserInterface = new ShellRawUserInterface(terminal);
    }

    public override PSHostRawUserInterface RawUI => _rawUserInterface;

    public override bool SupportsVirtualTerminal => _terminal.SupportsColour;

    public override void Write(string value)
    {
        _terminal.Write(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        _terminal.Write(_terminal.SupportsColour ? AnsiColour.Wrap(value, foregroundColor, backgroundColor) : value);
    }

    public override void WriteLine(string value)
    {
        _terminal.WriteLine(value);
    }

    public override void WriteErrorLine(string value)
    {
        _terminal.WriteErrorLine(value);
    }

    public override void WriteWarningLine(string message)
    {
        _terminal.WriteErrorLine("WARNING: " + message);
    }

    public override void WriteVerboseLine(string message)
    {
        _terminal.WriteErrorLine("VERBOSE: " + message);
    }

    public override void WriteDebugLine(string message)
    {
        _terminal.WriteErrorLine("DEBUG: " + message);
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _terminal.WriteStatus(string.Empty);
            return;
        }

        string percent = record.PercentComplete >= 0
            ? record.PercentComplete.ToString(CultureInfo.InvariantCulture) + "% "
            : string.Empty;
        _terminal.WriteStatus($"{percent}{record.Activity}: {record.StatusDescription}");
    }

    public override string ReadLine()
    {
        if (!_terminal.Interactive)
            throw new HostException("The script asks for a line of input, and nobody is there to type it.");
        _terminal.Flush();
        return Console.ReadLine() ?? throw new HostException("Standard input has ended.");
    }

    public override SecureString ReadLineAsSecureString()
    {
        throw new HostException("This shell does not ask for secrets; give them as parameters.");
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        if (!_terminal.Interactive)
        {
            var names = new List<string>();
            foreach (FieldDescription description in descriptions)
                names.Add("-" + description.Name);
            throw new HostException($"A value is missing and nobody is there to type it; give {string.Join(", ", names)}.");
        }

        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription description in descriptions)
        {
            Console.Error.Write(description.Name + ": ");
            answers[description.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!_terminal.Interactive)
            throw new HostException($"{message} Nobody is there to confirm; give -Confirm:$false if that is meant.");

        var keys = new List<string>();
        foreach (ChoiceDescription choice in choices)
        {
            int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
            keys.Add(mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1) : choice.Label);
        }

        while (true)
        {
            Console.Error.WriteLine(caption);
            Console.Error.WriteLine(message);
            for (int i = 0; i < choices.Count; i++)
                Console.Error.Write($"[{keys[i]}] {choices[i].Label.Replace("&", string.Empty, StringComparison.Ordinal)}  ");
            Console.Error.Write(defaultChoice >= 0 ? $"(default {keys[defaultChoice]}): " : ": ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            int index = keys.FindIndex(key => string.Equals(key, answer, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
                return index;
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        throw new HostException("This shell does not ask for credentials; give them as parameters.");
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        throw new HostException("This shell does not ask for credentials; give them as parameters.");
    }
}
