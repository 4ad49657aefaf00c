using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Write-Host.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
internal sealed class WriteHostCommand : PSCmdlet
{
    private static readonly string[] s_tags = ["PSHOST"];

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Object { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public object Separator { get; set; } = " ";

    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage
        {
            Message = Text(Object),
            NoNewLine = NoNewline,
            ForegroundColor = ForegroundColor,
            BackgroundColor = BackgroundColor,
        };
        WriteInformation(message, s_tags);
    }

    private string Text(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is string or null || LanguagePrimitives.GetEnumerable(plain) is not IEnumerable items)
            return value?.ToString() ?? string.Empty;
        var parts = new List<string>();
        foreach (object? item in items)
            parts.Add(Text(item));
        return string.Join(Separator.ToString(), parts);
    }
}
