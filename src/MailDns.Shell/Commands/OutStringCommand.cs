using System;
using System.Management.Automation;
using System.Text;
using MailDns.Shell.Hosting;

namespace MailDns.Shell.Commands;

/// <summary>Out-String: -Width, -Stream, -NoNewline. The engine renders to the host, which keeps the text for us.</summary>
[Cmdlet(VerbsData.Out, "String")]
internal sealed class OutStringCommand : PSCmdlet, IDisposable
{
    private readonly StringBuilder _text = new();
    private SteppablePipeline? _renderer;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    public void Dispose()
    {
        _renderer?.Dispose();
    }

    protected override void BeginProcessing()
    {
        _renderer = ScriptBlock.Create("Out-Host").GetSteppablePipeline(MyInvocation.CommandOrigin);
        Captured(() => _renderer.Begin(expectInput: true));
    }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            Captured(() => _renderer!.Process(InputObject));
    }

    protected override void EndProcessing()
    {
        Captured(() => _renderer!.End());
        if (!Stream && !NoNewline)
        {
            WriteObject(_text.ToString());
            return;
        }

        string text = _text.ToString();
        string newLine = Environment.NewLine;
        if (text.EndsWith(newLine, StringComparison.Ordinal))
            text = text[..^newLine.Length];
        if (NoNewline)
            WriteObject(text.Replace(newLine, string.Empty, StringComparison.Ordinal));
        else
            WriteObject(text.Split(newLine), enumerateCollection: true);
    }

    private void Captured(Action action)
    {
        ShellTerminal terminal = ShellTerminal.Of(Host);
        terminal.BeginCapture(_text, Width);
        try
        {
            action();
        }
        finally
        {
            terminal.EndCapture();
        }
    }
}
